"""The phone desk: what a consultant needs during a call, on one screen."""
