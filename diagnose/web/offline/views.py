"""The questionnaire as an Excel form: taken along, filled in, brought back."""
