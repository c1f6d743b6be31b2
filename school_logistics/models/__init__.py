"""The ledgers and how they are kept. SQLAlchemy may be used here; Qt, paper and workbooks may not."""
