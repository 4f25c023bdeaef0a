class View: pass
def view(*a): raise NotImplementedError
