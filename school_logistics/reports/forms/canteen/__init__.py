"""The canteen's forms C01 to C27, a module for those of one kind. Nothing but forms stands here."""
