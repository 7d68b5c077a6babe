"""A firm reads its report and confirms or objects, item by item."""
