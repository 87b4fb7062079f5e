"""`serve`: the writer's second screen. Save a file, and the browser shows it.

watching     files change            -> whole paths
changes      whole paths             -> content and theme
preview      content and theme       -> the site as it is now, and the last without errors (shown)
answers      an address              -> bytes, made when they are asked for
application  requests, sockets       -> answers, news
"""
