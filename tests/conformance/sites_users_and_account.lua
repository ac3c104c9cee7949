local sites, users = cliengo.sites.list(), cliengo.users.list()
return {
    cliengo.account.get(), sites, cliengo.sites.get(sites[2].id), cliengo.sites.chatbot(sites[2].id), cliengo.sites.chatbots(),
    users, cliengo.users.get(users[3].id),
}
