"""质责 Zhize: from the text of a responsibility regulation to a running accountability system."""
