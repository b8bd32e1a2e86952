"""Pages of this app: documents and clauses, the register of duties, the year's obligations."""
