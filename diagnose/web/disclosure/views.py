"""Who looked at a firm's data, and what the firm agreed to."""
