"""Files handed in as evidence, record or proof."""
