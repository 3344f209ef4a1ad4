"""What an identity may do with an object, from what a program declares: roles, access lists, grants and owners."""
