"""Azure Policy at preview: what is assigned to the subscription, evaluated over the resources as ARM would receive
them."""
