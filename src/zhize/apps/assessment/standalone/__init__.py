"""Programs that go out with a bundle and run without the product."""
