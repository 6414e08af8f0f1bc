"""Who may do and see what: viewers, permissions, row rules, tokens and the audit trail."""
