"""Ask: questionnaires as data, answers and their states, answer sheets in and out of files."""
