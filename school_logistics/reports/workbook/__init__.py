"""Workbooks: our own annual return (openpyxl is known here alone), and a bureau's filled where it has codes."""
