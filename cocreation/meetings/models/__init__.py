"""Regional consultation meetings: the meeting, its programme, who comes, who is invited and helped."""
