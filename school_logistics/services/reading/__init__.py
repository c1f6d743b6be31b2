"""Reading workbooks as clerks keep them: guarded, in a process of its own, down to rows with field keys.

`process` starts the reading child, `worker` is that child with `guard` before the parser, `grid` holds what comes
back, and `header`, `period`, `layout` turn a sheet into rows of a ledger. Nothing here knows the store.
"""
