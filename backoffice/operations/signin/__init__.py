"""What signing in and out leaves behind: failed attempts and locks, passwords hashed anew, browsers' sessions.

Nobody holds a permission for these: the desk itself does them for whoever stands before its door. So the sign-in acts
as the member of staff, with the system's permission for this alone.
"""
