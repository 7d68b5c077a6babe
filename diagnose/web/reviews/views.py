"""The reviewer's queue, marks, defects and decision."""
