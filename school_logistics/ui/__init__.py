"""The window: widgets that hold plain values and reach the store through the desk alone.

Knows Qt, never SQL. Every message box and file dialog is in `messages`, every thread in `jobs`.
"""
