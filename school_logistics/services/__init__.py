"""What the office does across ledgers: the desk, import and export, the month's pack, reminders, the annual return.

Hands plain values to the screens and to the command line. Knows no Qt and asks for no clock: both are handed down.
"""
