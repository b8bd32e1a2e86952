"""What on-site checks print."""
