"""The tables, and the types of what stands in them."""
