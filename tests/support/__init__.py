"""What tests share besides fixtures: a PostgreSQL of their own, the product as a running program."""
