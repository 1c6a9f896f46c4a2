"""Hybrid search over passages: FAISS over sentence vectors, BM25 over surface and reduced words, fused and calibrated."""
