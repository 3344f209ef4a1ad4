"""The rows of the name-rule table, one module per part of the platform; read them through `name_rules`."""
