"""The batch: answer sheets in a file, results in a folder, no database."""
