"""A firm's project plan: adopt, postpone, reject, report progress."""
