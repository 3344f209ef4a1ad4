"""What pipelines need beyond the command line. The standard library is enough: these run without set-up."""
