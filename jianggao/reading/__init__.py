"""The one way to text: what a reader returns already lacks what the asker may not see, and what leaves is recorded."""
