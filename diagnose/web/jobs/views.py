"""Long work beside the pages: how far it is, and its result."""
