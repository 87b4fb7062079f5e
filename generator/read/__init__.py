"""Read: from the disk to `Source` values, with a position for every value of the front matter."""
