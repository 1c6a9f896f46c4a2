"""Hybrid search over passages: FAISS over sentence vectors and BM25 over words, fused and calibrated."""
