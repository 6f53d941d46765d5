from . import passport
