"""Every diagnosis of the district: assignment, states, reminders, acceptance."""
