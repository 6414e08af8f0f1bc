"""What the pages of every face are made of: fields, forms, filters, colours, problems, uploads, templates, files.

A face (the admin; later the customers' portal) stands on this and on no other face. Nothing here knows which screens
there are, which operations they call, or what Flask-Admin is.
"""
