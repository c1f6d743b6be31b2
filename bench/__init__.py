"""What the program costs, each job held against a floor measured in the same run; called by `python3 dev.py bench`."""
