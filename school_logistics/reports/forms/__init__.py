"""The printed forms that are more than their ledger on paper: one module a form, with `gather` and `compose`.

`gather` reads the period's facts from the store, `compose` lays them out as blocks; drawing is not done here.
"""
