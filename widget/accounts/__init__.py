"""Staff: accounts, roles, sessions, access rules, the audit log and the look of the panel."""
