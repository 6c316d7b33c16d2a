"""The acts of this room: registering, announcing, the programme, importing those who came."""
