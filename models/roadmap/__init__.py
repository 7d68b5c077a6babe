"""Retrofit projects and the roadmaps made of them."""
