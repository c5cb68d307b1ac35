"""Long work (PDF, import, export) with visible progress over the task queue."""
