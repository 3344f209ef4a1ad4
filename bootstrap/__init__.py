"""The resources that continuous integration needs: the state, the key of its secrets, its identities and who may
become them.

Standard library and `azure_facts` only: it runs on any machine with Python 3.11, `az`, and `gh` for GitHub.
"""
