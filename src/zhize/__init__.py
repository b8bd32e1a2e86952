"""质责 Zhize: from the text of a responsibility regulation to a running accountability system."""

__version__ = "0.1.0"
