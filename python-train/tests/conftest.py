"""Settings of all tests."""

import torch

# The tensors are small: more threads cost more than they save, above all on busy cores.
torch.set_num_threads(1)
