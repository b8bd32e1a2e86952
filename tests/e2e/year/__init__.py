"""Steps of the year as people take them in the browser."""
