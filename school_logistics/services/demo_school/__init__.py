"""The demonstration school: invented people, firms and numbers, and a believable past in every ledger."""
