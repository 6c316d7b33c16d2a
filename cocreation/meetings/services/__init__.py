"""The acts of this room: announcing, changing and calling off, the programme, the photos, who organises."""
